"""A judge: the encoder, a head for the pair and, for answers, a head for the span."""

from __future__ import annotations

import torch
from torch import nn
from transformers import BertModel

from training.judge.checkpoint import WIDTH, Weights, encoder

LAYERS = 12


class Judge(nn.Module):
    """Token vectors of a pair in, verdict logits (and start and end logits of the span) out."""

    def __init__(self, weights: Weights, verdicts: int, *, span: bool) -> None:
        super().__init__()
        bert = encoder(weights, LAYERS)
        self.words = nn.Embedding.from_pretrained(
            bert.embeddings.word_embeddings.weight, freeze=True
        )
        self.bert: BertModel = bert
        self.pair = nn.Linear(WIDTH, verdicts)
        if verdicts == 1:
            self.pair.weight.data = weights["classifier.weight"] * 0.4
            self.pair.bias.data = weights["classifier.bias"] * 0.4
        self.span = nn.Linear(WIDTH, 2) if span else None
        del bert.embeddings.word_embeddings
        bert.embeddings.word_embeddings = nn.Identity()

    def forward(
        self, vectors: torch.Tensor, types: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """`vectors` (pairs, tokens, width) are the word vectors; the rest has (pairs, tokens)."""
        out = self.bert(inputs_embeds=vectors, token_type_ids=types, attention_mask=mask)
        pair = self.pair(out.pooler_output)
        if self.span is None:
            return (pair,)
        outside = (1.0 - mask.to(pair.dtype)).unsqueeze(-1) * -1e4
        start, end = (self.span(out.last_hidden_state) + outside).unbind(-1)
        return pair, start, end
