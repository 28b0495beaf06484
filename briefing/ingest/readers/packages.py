"""Opens files that are ZIP archives of XML, within bounds: nothing is written, nothing fetched."""

import io
import zipfile
from typing import Any, Final

from lxml import etree

from briefing.errors import InputError
from briefing.ingest.formats import ZIP_FAULTS, has_too_many_entries

MOST_BYTES: Final = 100 * 1024 * 1024
"""The most that the parts read from one archive may hold together when unpacked."""


class Package:
    """The parts of an archive by name, read on demand and counted against MOST_BYTES."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the archive; raises InputError, naming the file, where it is none or too many."""
        self.name = name
        self._left = MOST_BYTES
        if has_too_many_entries(data):
            raise InputError(f"{name}: the archive holds too many files")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_FAULTS as error:
            raise InputError(f"{name}: the file is damaged ({error})", "Save it again.") from error
        self.names = tuple(info.filename for info in self._archive.infolist() if not info.is_dir())

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part, None where there is none; raises InputError as opening."""
        try:
            with self._archive.open(part) as stream:
                data = stream.read(self._left + 1)
        except KeyError:
            return None
        except ZIP_FAULTS as error:
            message = f"{self.name}: {part} cannot be unpacked ({error})"
            raise InputError(message, "Save it again.") from error
        self._left -= len(data)
        if self._left < 0:
            raise InputError(f"{self.name}: the archive unpacks to more than can be read")
        return data

    def read_xml(self, part: str) -> Any:
        """Return the root element of a part, an empty one without it; raises InputError."""
        data = self.read(part)
        return etree.Element("none") if data is None else parse_xml(data, f"{self.name}: {part}")


def parse_xml(data: bytes, name: str) -> Any:
    """Return the root of XML without namespaces and entities; raises InputError for none."""
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name}: the XML is damaged ({error})", "Save it again.") from error
    for element in root.iter(etree.Element):
        element.tag = element.tag.rpartition("}")[2]
    return root
