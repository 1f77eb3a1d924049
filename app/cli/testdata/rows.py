"""Reads a file's rows as people do who reach for Python, and prints how many there are below the titles:
rows.py openpyxl|pandas|xlrd FILE [SEPARATOR]"""
import sys


def openpyxl(file):
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    return sum(1 for _ in book.active.iter_rows(values_only=True)) - 1


def pandas(file, separator=None):
    import pandas

    if separator is None:
        return len(pandas.read_excel(file))
    return len(pandas.read_csv(file, sep=separator, decimal=","))


def xlrd(file):
    import xlrd

    sheet = xlrd.open_workbook(file).sheet_by_index(0)
    return sum(1 for n in range(sheet.nrows) if sheet.row_values(n)) - 1


print({"openpyxl": openpyxl, "pandas": pandas, "xlrd": xlrd}[sys.argv[1]](*sys.argv[2:]))
