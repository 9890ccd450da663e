"""A small local model that often makes things up, served over HTTP: what is posted of it?"""
