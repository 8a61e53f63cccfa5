"""The application for another server: gunicorn --workers 2 --threads 8 'litbase.web.wsgi:application()'.

Every process opens the library by itself, so it must not be loaded before they part (no --preload).
"""

import atexit

from flask import Flask

from litbase.library import follower, open_library
from litbase.paths import library_folder
from litbase.settings import load
from litbase.web import create_app, logs


def application() -> Flask:
    """The application for the library of LITBASE_LIBRARY, which must be there, with a thread that follows its store.

    One of all processes keeps the index level; the others see what it wrote.
    """
    folder = library_folder(None)
    settings = load(folder)
    logs.set_up(settings.access_log)
    library = open_library(folder, settings)
    thread = follower(library)
    thread.start()
    atexit.register(library.close)
    atexit.register(thread.stop)  # the last registered is the first called
    return create_app(library, thread)
