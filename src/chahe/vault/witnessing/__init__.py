"""What others outside say of a checkpoint: witnesses' cosignatures and authorities' time stamps."""
