using System.Text;

namespace Liaison.Emulators.HubSpot.Imports;

/// <summary>One row of a file and the line it begins at.</summary>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Cells);

/// <summary>Reads a file of comma-separated values; a quoted cell may hold commas, line breaks and doubled quotes.</summary>
internal static class CsvLines
{
    public static List<CsvLine> Read(string text)
    {
        var rows = new List<CsvLine>();
        var (cells, cell, quoted, line, start) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var at = 0; at <= text.Length; at++)
        {
            var end = at == text.Length;
            var letter = end ? '\n' : text[at];
            line += !end && letter == '\n' ? 1 : 0;
            if (quoted && !end)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[++at]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (letter == ',')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (letter == '\n')
            {
                cells.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (cells.Exists(value => value.Length > 0))
                {
                    rows.Add(new CsvLine(start, cells));
                }

                (cells, start) = ([], line);
            }
            else
            {
                cell.Append(letter);
            }
        }

        return rows;
    }
}
