"""Customer credit (CA-11120 客戶徵授信)."""
