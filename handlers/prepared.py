"""What the worker prepares when somebody asked for it: one line a product."""

from __future__ import annotations

from handlers import export, preparing
from handlers.context import Context
from handlers.minutes import drafting
from handlers.preparing import Product

PRODUCTS: tuple[Product, ...] = (export.PRODUCT, drafting.PRODUCT)


def work(ctx: Context) -> bool:
    """Prepare one file that was asked for; False when none waits."""
    return any(preparing.work(ctx, product) for product in PRODUCTS)
