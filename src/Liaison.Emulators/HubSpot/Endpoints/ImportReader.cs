using System.Text;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Imports;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reads the files of an import and where their columns go.</summary>
internal sealed class ImportReader(Call call)
{
    private const long FirstFile = 5_000;

    /// <summary>Gets what is wrong with the request; the first fault that was met.</summary>
    public string Fault { get; private set; } = "";

    /// <returns><see langword="null"/> where something is wrong.</returns>
    public IReadOnlyList<ImportFile>? Read(JsonElement request)
    {
        var read = request.ItemsOf("files").Select((file, at) => Read(file, FirstFile + (call.Account.Imports.Count * 10) + at)).ToList();
        if (read.Count == 0 && Fault.Length == 0)
        {
            Fault = "An import needs one or more files in its importRequest.";
        }

        return Fault.Length == 0 ? [.. read.OfType<ImportFile>()] : null;
    }

    private ImportFile? Read(JsonElement file, long id)
    {
        var (name, page) = (file.TextOf("fileName"), file.MemberOf("fileImportPage"));
        if ((file.TextOf("fileFormat") ?? "CSV") != "CSV")
        {
            return Refuse("The emulator reads imports from CSV and from no other format.");
        }

        if (call.Request.Form.Files.FirstOrDefault(part => part.FileName == name) is not { } part)
        {
            return Refuse($"The form holds no file named {name ?? "(none)"}.");
        }

        using var stream = part.OpenReadStream();
        using var text = new StreamReader(stream, Encoding.UTF8);
        var lines = CsvLines.Read(text.ReadToEnd());
        if (lines.Count == 0)
        {
            return Refuse($"The file {name} is empty.");
        }

        var hasHeader = page.FlagOf("hasHeader", otherwise: true);
        var columns = new List<ImportColumn>();
        foreach (var (mapping, at) in page.ItemsOf("columnMappings").Select((mapping, at) => (mapping, at)))
        {
            var column = mapping.TextOf("columnName") ?? "";
            var place = hasHeader ? lines[0].Cells.ToList().FindIndex(cell => string.Equals(cell.Trim(), column, StringComparison.OrdinalIgnoreCase)) : at;
            if (place < 0 || place >= lines[0].Cells.Count)
            {
                return Refuse($"The file {name} has no column named {column}.");
            }

            if (Map(mapping, column, place) is not { } mapped)
            {
                return null;
            }

            columns.Add(mapped);
        }

        return columns.Count == 0 ? Refuse($"No columns of the file {name} are mapped.") : new ImportFile(id, lines[0].Cells.Count, columns, [.. lines.Skip(hasHeader ? 1 : 0)]);
    }

    private ImportColumn? Map(JsonElement mapping, string column, int place)
    {
        if (!call.Account.TryGetType(mapping.TextOf("columnObjectTypeId") ?? "", out var type))
        {
            Refuse($"The column {column} needs the columnObjectTypeId of a type of this account.");
            return null;
        }

        var kind = mapping.TextOf("columnType") ?? mapping.TextOf("idColumnType");
        if (kind == "HUBSPOT_OBJECT_ID" || mapping.TextOf("propertyName") == "hs_object_id")
        {
            return new ImportColumn(place, column, type, null, IsRecordId: true, IsKey: true);
        }

        var name = mapping.TextOf("propertyName") ?? "";
        if (!type.TryGetProperty(name, out var property) || !FieldRights.CanEdit(call.User, type, property))
        {
            Refuse($"There is no property \"{name}\" on {type.Name} to import the column {column} into.");
            return null;
        }

        return new ImportColumn(place, column, type, property, IsRecordId: false, IsKey: kind == "HUBSPOT_ALTERNATE_ID" || property.HasUniqueValue);
    }

    private ImportFile? Refuse(string fault)
    {
        Fault = Fault.Length == 0 ? fault : Fault;
        return null;
    }
}
