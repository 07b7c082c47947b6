"""Teach the encoder of a tagger its language before it sees a label.

    python training/encoder.py ner --data ../shared/data --work build/training --minutes 47
    python training/encoder.py pos --work build/training --minutes 20

Stanza's taggers read a sentence with one forward and one backward LSTM over word vectors and a
character LSTM. Here the forward LSTM learns to predict the next word and the backward LSTM the word
before, on the raw text of the word vectors, so that words that occur in no labelled sentence are
known by the company they keep. (Of the two layers of the part-of-speech tagger it is the first.)
Nothing is added to the models: the result is a checkpoint of Stanza's own tagger,
``<work>/saved_models/<model>/encoder.pt``, from which ``ner_train.py`` and ``pos_train.py`` go on.

The entity tagger reads tokens as written, the part-of-speech tagger words with their clitics split:
it learns from the lines of ``vectors.txt`` in which a crude rule has split them. The words to
predict are the frequent forms; the loss is a sampled softmax. Some sentences come without hamza or
with confused final letters, and some words without their vector, so that the letters learn to
stand in for it. The state is written every few minutes: the same command goes on where it stopped.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import random
import time

import numpy
import torch
from stanza.models import ner_tagger, tagger
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer as EntityTrainer
from stanza.models.ner.vocab import MultiVocab
from stanza.models.pos.trainer import Trainer as SpeechTrainer
from torch import nn
from torch.nn import functional
from train import command_line, read_recipe
from vectors import HAMZA, NEWS, WIKI, read_articles, tokenise

RECIPES = pathlib.Path(__file__).parent / "recipes"
ENDS = {".", "!", "?", "؟", "...", "…"}
SHORTEST, LONGEST = 4, 48  # tokens of a training sentence
TARGETS = 30_000  # words that can be predicted
NEGATIVES = 2_500  # words that a step compares the right one with
BATCH = 2_400  # tokens of a step
NO_VECTOR = 0.12  # share of words that come without their vector
SAVE_EVERY = 300  # seconds


def respellings():
    """Ways in which people write, each a str -> str of one token, with its share of sentences."""

    def no_hamza(token):
        return token.translate(HAMZA)

    def final_ya(token):
        return token[:-1] + "ى" if token.endswith("ي") and len(token) > 2 else token

    def final_ta(token):
        return token[:-1] + "ه" if token.endswith("ة") and len(token) > 2 else token

    return ((no_hamza, 0.12), (final_ya, 0.05), (final_ta, 0.05))


def sentences_of(tokens):
    """The tokens of a line in sentences of at most LONGEST; what is too short is dropped."""
    sentence = []
    for token in tokens:
        sentence.append(token)
        if token in ENDS or len(sentence) == LONGEST:
            if len(sentence) >= SHORTEST:
                yield sentence
            sentence = []
    if len(sentence) >= SHORTEST:
        yield sentence


def written_sentences(data):
    """Sentences of the raw text, each a list of tokens as written."""
    for folder in (NEWS, WIKI):
        for article in read_articles(data / folder):
            for line in article:
                yield from sentences_of(tokenise(line))


def split_sentences(work):
    """Sentences whose clitics are split: lines of ``vectors.txt`` with a clitic on its own."""
    clitics = {"و", "ب", "ل", "ها", "هم", "ه"}
    with open(work / "vectors.txt", encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if sum(word in clitics for word in words) >= 0.04 * len(words) + 1:
                yield from sentences_of(words)


class Text:
    """The raw text as integer codes of its forms, in batches of sentences of one length."""

    def __init__(self, sentences, vocab, pretrain_vocab):
        self.forms = {}
        by_length = collections.defaultdict(list)
        counts = collections.Counter()
        for sentence in sentences:
            codes = [self.code(token) for token in sentence]
            counts.update(codes)
            by_length[len(codes)].append(codes)
        known = len(self.forms)
        self.altered = []
        for change, share in respellings():
            forms = list(self.forms)[:known]
            table = numpy.array([self.code(change(form)) for form in forms], dtype=numpy.int64)
            self.altered.append((table, share))
        forms = list(self.forms)
        lower = [form.lower() for form in forms]
        self.vector_of = torch.tensor(pretrain_vocab.map(lower))
        self.word_of = torch.tensor(vocab["word"].map(lower))
        self.letters = [vocab["char"].map(list(form[:24])) for form in forms]
        self.lengths = numpy.array([len(letters) for letters in self.letters])
        self.by_length = {
            length: numpy.array(rows, dtype=numpy.int32) for length, rows in by_length.items()
        }
        self.tokens = sum(rows.size for rows in self.by_length.values())
        frequent = [code for code, _ in counts.most_common(TARGETS)]
        self.targets = [forms[code] for code in frequent]
        self.target_of = torch.full((len(forms),), -1, dtype=torch.long)
        self.target_of[torch.tensor(frequent)] = torch.arange(len(frequent))
        self.share = torch.tensor([counts[code] for code in frequent], dtype=torch.double)
        self.share = (self.share / self.share.sum()) ** 0.75
        self.share = self.share / self.share.sum()
        self.target_vector = self.vector_of[torch.tensor(frequent)]

    def code(self, form):
        return self.forms.setdefault(form, len(self.forms))

    def batches(self, rng):
        """Yield (codes as written, codes as shown) once for all sentences, in random order."""
        places = []
        for length, rows in self.by_length.items():
            order = rng.permutation(len(rows))
            size = max(1, BATCH // length)
            places += [(length, order[i : i + size]) for i in range(0, len(rows), size)]
        for place in rng.permutation(len(places)):
            length, chosen = places[place]
            codes = self.by_length[length][chosen].astype(numpy.int64)
            shown = codes.copy()
            for table, share in self.altered:
                rows = rng.random(len(shown)) < share
                inside = shown[rows]
                shown[rows] = numpy.where(inside < len(table), table[inside % len(table)], inside)
            yield torch.from_numpy(codes), torch.from_numpy(shown)


class Predictor(nn.Module):
    """Stanza's tagger up to its first LSTM, and two layers that predict the neighbours of a word.

    A subclass says what the input of the LSTM is and what comes out of it.
    """

    def __init__(self, model, text, vectors):
        super().__init__()
        self.model, self.text = model, text
        hidden, size = model.args["hidden_dim"], vectors.shape[1]
        self.forward_head = nn.Linear(hidden, size)
        self.backward_head = nn.Linear(hidden, size)
        self.out = nn.Embedding(len(text.share), size)
        self.bias = nn.Parameter(text.share.log().float() + 8)
        with torch.no_grad():
            self.out.weight.copy_(vectors[text.target_vector] * 0.5)

    def spell(self, shown):
        """Forms of the batch, each once, what the character LSTM says of them, and their places."""
        forms, places = torch.unique(shown, return_inverse=True)
        order = numpy.argsort(-self.text.lengths[forms.numpy()], kind="stable")
        forms = forms[order]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.from_numpy(order)] = torch.arange(len(order))
        letters = [self.text.letters[code] for code in forms.tolist()]
        lengths = [len(row) for row in letters]
        padded = torch.zeros(len(letters), lengths[0], dtype=torch.long)
        for row, (codes, length) in enumerate(zip(letters, lengths, strict=True)):
            padded[row, :length] = torch.tensor(codes)
        spelt = self.model.charmodel(
            padded, None, list(range(len(forms))), [len(forms)], lengths
        ).data
        return forms, spelt, back[places]

    def side_loss(self, states, codes, head, sampled, log_share):
        """Mean sampled-softmax loss of the words `codes` given the states beside them."""
        targets = self.text.target_of[codes.reshape(-1)]
        known = targets >= 0
        targets = targets[known]
        states = head(self.model.drop(states.reshape(-1, states.shape[-1])[known]))
        right = (states * self.out(targets)).sum(1) + self.bias[targets] - log_share[targets]
        others = states @ self.out(sampled).T + (self.bias[sampled] - log_share[sampled])
        others = others.masked_fill(targets[:, None] == sampled[None], -1e9)
        logits = torch.cat([right[:, None], others], dim=1)
        return functional.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long))

    def forward(self, codes, shown):
        ahead, back = self.states(*self.spell(shown)).chunk(2, dim=2)
        sampled = torch.multinomial(self.text.share, NEGATIVES, replacement=True)
        log_share = (self.text.share * NEGATIVES).log().float()
        losses = (
            self.side_loss(ahead[:, :-1], codes[:, 1:], self.forward_head, sampled, log_share),
            self.side_loss(back[:, 1:], codes[:, :-1], self.backward_head, sampled, log_share),
        )
        return sum(losses) / 2

    def without_some(self, vectors):
        """The vectors of a batch, some of them zero: their word is to be known by its letters."""
        return vectors * (torch.rand(*vectors.shape[:2], 1) >= NO_VECTOR)


class EntityPredictor(Predictor):
    """The input and the only LSTM of the entity tagger, as Stanza computes them."""

    def states(self, forms, spelt, places):
        model = self.model
        vectors = model.word_emb(self.text.vector_of[forms]).detach()
        inputs = model.drop(torch.cat([self.without_some(vectors[places]), spelt[places]], dim=2))
        return model.taggerlstm.lstm(model.input_transform(inputs))[0]


class SpeechPredictor(Predictor):
    """The input and the first highway LSTM of the part-of-speech tagger."""

    def states(self, forms, spelt, places):
        model = self.model
        known = torch.cat(
            [
                model.word_emb(self.text.word_of[forms]),
                model.trans_pretrained(model.pretrained_emb(self.text.vector_of[forms]).detach()),
            ],
            dim=1,
        )
        spelt = model.trans_char(model.drop(spelt))
        inputs = model.drop(torch.cat([self.without_some(known[places]), spelt[places]], dim=2))
        layer = model.taggerlstm
        straight = torch.tanh(layer.highway[0](inputs))
        return layer.lstm[0].lstm(inputs)[0] + torch.sigmoid(layer.gate[0](inputs)) * straight


def untrained_entity_tagger(work):
    """Stanza's entity tagger as recipes/ner.toml has it, before training; its trainer, vectors."""
    recipe = read_recipe(RECIPES / "ner.toml")
    args = ner_tagger.parse_args(command_line(recipe, work=work, data="")[2:])
    pretrain = Pretrain(args["wordvec_pretrain_file"])
    args["word_emb_dim"] = pretrain.emb.shape[1]
    document = Document(json.loads((work / "ner/train.json").read_text(encoding="utf-8")))
    vocab = DataLoader(document, 32, args, pretrain, evaluation=False).vocab
    # Without "delta", the vocabulary of fine-tuned vectors: there are none.
    vocab = MultiVocab({key: vocab[key] for key in ("char", "word", "tag")})
    trainer = EntityTrainer(args=args, vocab=vocab, pretrain=pretrain, device="cpu")
    return trainer, pretrain


def untrained_speech_tagger(work):
    """The same of the part-of-speech tagger of recipes/pos.toml."""
    recipe = read_recipe(RECIPES / "pos.toml")
    args = tagger.parse_args(command_line(recipe, work=work, data="")[2:])
    pretrain = tagger.load_pretrain(args)
    vocab, _, _ = tagger.load_training_data(args, pretrain)
    return SpeechTrainer(args=args, vocab=vocab, pretrain=pretrain, device="cpu"), pretrain


def train(work, data, options):
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    rng = numpy.random.default_rng(options.seed)
    if options.model == "ner":
        trainer, pretrain = untrained_entity_tagger(work)
        text = Text(written_sentences(data), trainer.vocab, pretrain.vocab)
        predictor = EntityPredictor(trainer.model, text, pretrain.emb)
    else:
        trainer, pretrain = untrained_speech_tagger(work)
        text = Text(split_sentences(work), trainer.vocab, pretrain.vocab)
        predictor = SpeechPredictor(trainer.model, text, pretrain.emb)
    print(f"{text.tokens} tokens, {len(text.forms)} forms", flush=True)
    weights = [p for p in predictor.parameters() if p.requires_grad]
    print(f"{sum(p.numel() for p in weights)} weights", flush=True)
    optimizer = torch.optim.Adam(weights, lr=options.lr)
    target = work / f"saved_models/{options.model}/{options.name}.pt"
    # A saved state fits only the text, the letters and the vectors that it was learned from.
    mark = hashlib.sha256(pretrain.emb.numpy().tobytes())
    mark.update(repr((text.tokens, text.targets, trainer.vocab["char"]._id2unit)).encode())
    mark = mark.hexdigest()
    state_file = target.with_name(f"{options.name}.state.pt")
    target.parent.mkdir(parents=True, exist_ok=True)
    done, tokens, step, mean = 0.0, 0, 0, 0.0
    if state_file.exists():
        state = torch.load(state_file, weights_only=True)
        if state.get("mark") != mark:
            raise ValueError(
                f"encoder: {state_file} was learned from another text, or with other vectors; "
                "move it away to begin anew."
            )
        step, mean = state["step"], state["mean"]
        predictor.load_state_dict(state["predictor"])
        optimizer.load_state_dict(state["optimizer"])
        done, tokens = state["done"], state["tokens"]
        rng = numpy.random.default_rng(options.seed + int(done))
        print(f"going on after {done / 60:.1f} minutes", flush=True)
    start, saved = time.monotonic() - done, time.monotonic()
    budget = options.minutes * 60
    predictor.train()

    def save():
        trainer.save(str(target))
        state = {"predictor": predictor.state_dict(), "optimizer": optimizer.state_dict()}
        state |= {"done": done, "tokens": tokens, "step": step, "mark": mark, "mean": mean}
        torch.save(state, state_file)

    while done < budget:
        for codes, shown in text.batches(rng):
            done = time.monotonic() - start
            if done >= budget:
                break
            for group in optimizer.param_groups:
                warm = min(1.0, (step + 1) / 200)
                group["lr"] = options.lr * warm * max(0.02, 1 - done / budget)
            loss = predictor(codes, shown)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 5.0)
            optimizer.step()
            step += 1
            tokens += codes.numel()
            mean += (loss.item() - mean) / min(step, 200)
            if step % 100 == 0:
                print(
                    f"step {step}, {tokens} tokens, {tokens / done:.0f} a second, "
                    f"loss {mean:.3f}, {done / 60:.1f} minutes", flush=True,
                )  # fmt: skip
            if time.monotonic() - saved > SAVE_EVERY:
                save()
                saved = time.monotonic()
    save()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=["ner", "pos"])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/training"))
    parser.add_argument("--name", default="encoder", help="name of the checkpoint")
    parser.add_argument("--lr", type=float, default=0.002)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=20)
    options = parser.parse_args()
    train(options.work, options.data, options)


if __name__ == "__main__":
    main()
