"""Password rules as the systems hold them: login.defs, pam.d and faillock.conf; `net accounts` and secedit on Windows.

The domain's own rules stand in its LDIF, beside the accounts.
"""

from pathlib import Path

from chahe.simulate.cast.staff_and_systems import Policy
from chahe.simulate.files import write_text
from chahe.simulate.life.company import OFFICE, WIN, Firm


def write_password_rules(firm: Firm, folder: Path) -> None:
    """Everything under `records/settings`."""
    for policy in firm.policies:
        if policy.place == firm.called(WIN):
            _windows(policy, folder / policy.place)
        elif policy.place != firm.called(OFFICE):
            _linux(policy, folder / policy.place)


def _linux(policy: Policy, folder: Path) -> None:
    write_text(
        folder / "login.defs",
        "# password aging controls\n\n"
        f"PASS_MAX_DAYS\t{policy.max_days}\nPASS_MIN_DAYS\t0\nPASS_MIN_LEN\t{policy.min_length}\nPASS_WARN_AGE\t7\n\n"
        "UMASK\t\t077\nENCRYPT_METHOD SHA512\n",
    )
    faillock = [
        f"auth        required      pam_faillock.so preauth silent deny={policy.attempts} unlock_time=900",
        "auth        sufficient    pam_unix.so try_first_pass",
        f"auth        required      pam_faillock.so authfail deny={policy.attempts} unlock_time=900",
    ]
    plain = ["auth        sufficient    pam_unix.so try_first_pass"]
    lines = [
        "#%PAM-1.0",
        "auth        required      pam_env.so",
        *(faillock if policy.attempts else plain),
        "auth        required      pam_deny.so",
        "",
        "account     required      pam_unix.so",
        f"password    requisite     pam_pwquality.so retry=3 minlen={policy.min_length} minclass={policy.classes}",
        "password    sufficient    pam_unix.so sha512 shadow use_authtok",
        "session     required      pam_limits.so",
    ]
    write_text(folder / "system-auth", "\n".join(lines) + "\n")


def _windows(policy: Policy, folder: Path) -> None:
    attempts = str(policy.attempts) if policy.attempts else "從不"
    lines = [
        "強制使用者在時間到期多久之後必須登出?:                從不",
        "密碼最短使用期限 (天):                                1",
        f"密碼最長使用期限 (天):                                {policy.max_days}",
        f"最小密碼長度:                                         {policy.min_length}",
        "密碼歷程記錄維護的長度:                               5",
        f"鎖定閾值:                                             {attempts}",
        "鎖定持續時間 (分鐘):                                  30",
        "鎖定觀察時段 (分鐘):                                  30",
        "電腦角色:                                             SERVER",
        "命令已經成功完成。",
    ]
    write_text(folder / "net_accounts.txt", "\r\n".join(lines) + "\r\n", "cp950")
    template = [
        "[Unicode]",
        "Unicode=yes",
        "[System Access]",
        "MinimumPasswordAge = 1",
        f"MaximumPasswordAge = {policy.max_days}",
        f"MinimumPasswordLength = {policy.min_length}",
        f"PasswordComplexity = {1 if policy.classes >= 3 else 0}",
        "PasswordHistorySize = 5",
        f"LockoutBadCount = {policy.attempts}",
        "[Version]",
        'signature="$CHICAGO$"',
        "Revision=1",
    ]
    write_text(folder / "secedit.inf", "\ufeff" + "\r\n".join(template) + "\r\n", "utf-16-le")
