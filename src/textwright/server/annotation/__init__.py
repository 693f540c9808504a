"""The annotation page's server: who may ask, what is answered."""
