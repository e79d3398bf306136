using CsvHelper;

namespace Liaison.Eval;

/// <summary>A lead as the table has it, by column; placeholders are left out.</summary>
internal sealed record Lead(IReadOnlyDictionary<string, string> Columns, bool Converted)
{
    public string this[string column] => Columns.GetValueOrDefault(column, "");
}

/// <summary>Reads the lead table and mends what is broken in it.</summary>
internal static class LeadTable
{
    private static readonly CsvReaderOptions Options = new() { HasHeader = false };

    public static IReadOnlyList<Lead> Read(string path)
    {
        using var csv = CsvReader.FromFile(path, Options);
        csv.Read();
        var header = Cells(csv);
        var leads = new List<Lead>();
        while (csv.Read())
        {
            var cells = csv.FieldCount == header.Length ? Cells(csv) : Mend(csv.GetString(0));
            var columns = header.Zip(cells)
                .Where(cell => cell.Second is not ("" or "Select"))
                .ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal);
            leads.Add(new Lead(columns, columns.GetValueOrDefault("Converted") == "1"));
        }

        return leads;
    }

    // 338 rows stand between quotation marks as a whole, because a value in them holds a comma.
    private static string[] Mend(string row)
    {
        using var csv = CsvReader.FromText(row, Options);
        csv.Read();
        return Cells(csv);
    }

    private static string[] Cells(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(index => csv.GetString(index))];
}
