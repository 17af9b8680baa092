"""The currencies in which amounts are kept, as the words of a field."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kinds.field import Word
from handlers.language import message

CURRENCIES: Mapping[str, Word] = {
    "XOF": Word(message("XOF (CFA franc)"), written=("fcfa", "f cfa", "cfa", "franc cfa", "francs cfa", "xof")),
    "EUR": Word(message("EUR (euro)"), written=("euro", "euros", "eur", "€")),
    "USD": Word(
        message("USD (US dollar)"), written=("usd", "dollar", "dollars", "dollar us", "us dollar", "us$", "$us", "$")
    ),
    "XDR": Word(
        message("XDR (special drawing right)"),
        written=("xdr", "dts", "sdr", "droit de tirage special", "uc", "unite de compte"),
    ),
    "CHF": Word(message("CHF (Swiss franc)"), written=("chf", "franc suisse", "francs suisses", "swiss franc")),
    "CAD": Word(message("CAD (Canadian dollar)"), written=("cad", "dollar canadien", "canadian dollar", "$ca")),
    "GBP": Word(message("GBP (pound sterling)"), written=("gbp", "livre sterling", "pound", "pounds", "£")),
    "JPY": Word(message("JPY (yen)"), written=("jpy", "yen", "yens", "¥")),
    "SEK": Word(message("SEK (Swedish krona)"), written=("sek", "couronne suedoise", "swedish krona")),
    "DKK": Word(message("DKK (Danish krone)"), written=("dkk", "couronne danoise", "danish krone")),
    "NOK": Word(message("NOK (Norwegian krone)"), written=("nok", "couronne norvegienne", "norwegian krone")),
}
"""ISO 4217 code -> how it is called; the accounts of the African Development Bank and of the IMF are in XDR."""
