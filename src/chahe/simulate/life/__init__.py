"""The example firm as it should be: nothing in it breaks a control. Each module brings one part of it to life, from chance."""
