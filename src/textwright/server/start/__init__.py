"""The project page of `textwright start`: six steps over one project, with the annotation server's work in it."""
