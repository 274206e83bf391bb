"""The `chahe.toml` that a new workspace begins with."""

from collections.abc import Mapping


def first_file(name: str, facts: Mapping[str, bool | None]) -> str:
    """The chahe.toml that a new workspace begins with: every part explained, unknown facts left out."""
    said = "\n".join(
        f"{key} = {str(value).lower()}"
        if value is not None
        else f"# {key} = true    # 請填 true 或 false (say true or false)"
        for key, value in facts.items()
    )
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f"""# Chahe 查核的工作資料夾設定 (settings of this workspace)

# 公司的事實：控制點依此判斷是否適用；沒寫的，就是「無法佐證」。
# Facts of the firm decide which controls apply; what is not said is unevidenced.
[firm]
name = "{quoted}"
{said}

# 查核期間的長度（月），除非命令指定 --from、--until。
# Length of the audited period in months, unless --from and --until say otherwise.
[audit]
months = 12

# 公司自訂、比規定嚴格的參數；比規定寬鬆的會被拒絕。以 chahe controls 控制點 查看可設定的參數。
# The firm's own, stricter parameters; looser ones are refused. See chahe controls ID.
# [parameters.password-age]
# max_age = 2

# 證據庫的紀錄以金鑰簽署；金鑰檔第一次載入時產生，只有擁有者可讀，請另存備份。見證人與時戳使竄改無法不被發現，見 docs/security.md。
# The vault's log is signed with a key, made at the first ingest and readable by its owner alone; keep a copy of it elsewhere.
# Witnesses and time stamps keep whoever holds the key from rewriting the past unseen; see docs/security.md.
# [vault]
# key = "keys/vault.key"                # 或 or "pkcs11:token=…;object=…?module-path=…&pin-source=…"
# storage = "s3://bucket/prefix"        # 原始檔與紀錄簿放在物件儲存 raw files and log in an object store (AWS_… variables)
# wrapping_key = "keys/wrapping.key"    # 密封含個人資料的檔案 seals files with personal data
# origin = "audit.example.com.tw/vault"
# [[vault.witness]]
# key = "witness.example/w1+7bca0ab8+BMTRjXw4LhUgGBXWdhK85EIzR2VBIXhkHrEa1FqoTDUp"
# url = "https://witness.example/w1"
# [[vault.timestamps]]
# url = "https://tsa.example/tsr"
# certificate = "keys/tsa.pem"

# 來源：檔案、資料夾或萬用字元；格式依內容辨認。
# Sources: files, folders or globs; formats are told by content.
# 讀不出的檔案會使該來源的控制點無法佐證；不是紀錄的檔案以 ignore 寫明。
# A file that cannot be read leaves its source's controls without a verdict; say under ignore which files are no records.
[[source]]
name = "records"
paths = ["records"]
# ignore = ["*.pdf", "README*"]

# 帳號清單（/etc/shadow、net user …）本身不寫主機名稱，請以 set 指明；observed 是取得的日期。
# Account lists do not name their host: say it with set. observed is the day they were taken.
# [[source]]
# name = "order-gw accounts"
# paths = ["accounts/order-gw/shadow"]
# observed = 2026-11-20
# set = {{ system = "order-gw" }}

# 資料庫：以查詢取得清冊，欄名用中文或英文標題。密碼請放在環境變數，寫成 ${{NAME}}。
# A database: a list by query, columns named by their headings. Keep the password in an environment variable, as ${{NAME}}.
# [[source]]
# name = "hr"
# database = "postgresql+psycopg://audit:${{HR_PASSWORD}}@db.example/hr"
# query = "SELECT emp_no AS 員工編號, name AS 姓名, left_on AS 離職日 FROM employees"
# table = "employees"
"""  # noqa: S608 - a comment for people, never run
