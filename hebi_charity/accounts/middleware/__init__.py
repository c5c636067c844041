"""What every request passes: idle time-out, log-in, duties before work, typed text given back."""

from hebi_charity.accounts.middleware.duties import DutiesMiddleware
from hebi_charity.accounts.middleware.given_back import GivenBackMiddleware
from hebi_charity.accounts.middleware.idle import IdleTimeoutMiddleware
from hebi_charity.accounts.middleware.login_required import LoginRequiredMiddleware

__all__ = ["DutiesMiddleware", "GivenBackMiddleware", "IdleTimeoutMiddleware", "LoginRequiredMiddleware"]
