using System.Globalization;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Imports;

/// <summary>Takes the rows of an import into the account, one after the other.</summary>
/// <remarks>A value that does not fit is left out and told of; a row falls only with what identifies its record.</remarks>
internal sealed class ImportRun(Call call, CrmImport import, RecordWriter writer, AssociationEditor editor, IReadOnlyDictionary<string, string> operations, DateFormat dates)
{
    private readonly HashSet<(string Type, long Id)> _written = [];

    public void Execute(bool listContacts, DateTimeOffset now)
    {
        foreach (var file in import.Files)
        {
            foreach (var line in file.Rows)
            {
                import.Count("TOTAL_ROWS");
                Take(file, line, now);
            }
        }

        import.Count("UNIQUE_OBJECTS_WRITTEN", _written.Count);
        (import.State, import.UpdatedAt) = ("DONE", now);
        if (listContacts)
        {
            ListContacts(now);
        }
    }

    private void Take(ImportFile file, CsvLine line, DateTimeOffset now)
    {
        if (line.Cells.Count != file.Width)
        {
            Fail("INCORRECT_NUMBER_OF_COLUMNS", $"The row has {line.Cells.Count} columns where the header has {file.Width}.", file, line, null, now);
            return;
        }

        var taken = new List<(ObjectType Type, CrmRecord Record)>();
        foreach (var columns in file.Columns.GroupBy(column => column.Type))
        {
            if (columns.Any(column => line.Cells[column.At].Length > 0) && Take(file, line, columns.Key, [.. columns], now) is { } record)
            {
                taken.Add((columns.Key, record));
            }
        }

        // What stands in one row belongs together.
        foreach (var other in taken.Skip(1))
        {
            if (!call.Account.Links.Of(taken[0].Type, taken[0].Record.Id, other.Type).Any(link => link.To == other.Record.Id))
            {
                editor.Link(taken[0].Type, taken[0].Record, other.Type, other.Record, []);
            }
        }
    }

    private CrmRecord? Take(ImportFile file, CsvLine line, ObjectType type, IReadOnlyList<ImportColumn> columns, DateTimeOffset now)
    {
        if (!TryFind(file, line, type, columns, now, out var record))
        {
            return null;
        }

        var operation = operations.GetValueOrDefault(type.Id, "UPSERT");
        if (record is null ? operation == "UPDATE" : operation == "CREATE")
        {
            Fail(record is null ? "UPDATE_ONLY_IMPORT" : "CREATE_ONLY_IMPORT", $"The import is to {operation} only.", file, line, columns[0], now);
            return null;
        }

        var faults = new List<ValueFault>();
        var given = columns.Where(column => column.Property is not null && line.Cells[column.At].Length > 0).ToList();
        var write = WriteChecks.Prepare(call, type, given.Select(column => (column.Property!.Name, dates.Read(column.Property, line.Cells[column.At]))), record, faults);
        foreach (var fault in faults)
        {
            Fail(KindOf(type, fault), fault.Message, file, line, given.Find(column => column.Property!.Name == fault.Property), now);
        }

        if (faults.Exists(fault => given.Exists(column => column.IsKey && column.Property!.Name == fault.Property)))
        {
            return null;
        }

        if (Requirements.Missing(call, type, write, record) is { Count: > 0 } missing)
        {
            Fail("MISSING_REQUIRED_PROPERTY", $"Required and not set: {string.Join(", ", missing)}.", file, line, null, now);
            return null;
        }

        if (ObjectWrites.Existing(type, write, record?.Id) is not null)
        {
            Fail("DUPLICATE_UNIQUE_PROPERTY_VALUE", "Another record holds a unique value of this row.", file, line, null, now);
            return null;
        }

        return Write(type, record, write);
    }

    private CrmRecord Write(ObjectType type, CrmRecord? record, PreparedWrite write)
    {
        var source = new ChangeSource("IMPORT", import.Id.ToString(CultureInfo.InvariantCulture), (call.User ?? call.Caller.GrantedBy)?.UserId);
        import.Count(record is null ? "CREATED_OBJECTS" : "UPDATED_OBJECTS");
        import.Count("PROPERTY_VALUES_EMITTED", write.Values.Count);
        if (record is null)
        {
            record = writer.Create(type, write, source).Record;
        }
        else
        {
            writer.Update(type, record, write, source);
        }

        _written.Add((type.Id, record.Id));
        return record;
    }

    /// <summary>Finds the record that a row means: by its id, by a unique value, contacts by their address.</summary>
    /// <returns><see langword="false"/> where the row names a record that is not there.</returns>
    private bool TryFind(ImportFile file, CsvLine line, ObjectType type, IReadOnlyList<ImportColumn> columns, DateTimeOffset now, out CrmRecord? record)
    {
        record = null;
        foreach (var column in columns.Where(column => line.Cells[column.At].Length > 0))
        {
            var value = line.Cells[column.At];
            if (column.IsRecordId && !RecordAccess.TryFindForWrite(call, type, value, null, out record))
            {
                Fail("INVALID_RECORD_ID", $"No {type.Singular} with id {value} exists.", file, line, column, now);
                return false;
            }

            if (record is null && column.Property is { HasUniqueValue: true } key)
            {
                RecordAccess.TryFindForWrite(call, type, value, key.Name, out record);
            }
        }

        return true;
    }

    private void ListContacts(DateTimeOffset now)
    {
        var list = new CrmList(call.Account.Lists.NextList(), call.Account.Contacts, $"Import {import.Id.ToString(CultureInfo.InvariantCulture)}: {import.Name}", ListProcessing.Manual, now, call.Caller.GrantedBy?.UserId);
        call.Account.Lists.Add(list);
        foreach (var (_, id) in _written.Where(written => written.Type == call.Account.Contacts.Id))
        {
            call.Account.Lists.Join(list, id, now);
        }

        list.Measure(now);
        import.ListId = list.Id;
    }

    private void Fail(string kind, string message, ImportFile file, CsvLine line, ImportColumn? column, DateTimeOffset now) =>
        import.Faults.Add(new ImportFault((import.Id * 1_000_000) + import.Faults.Count + 1, kind, message, file, line, column, now));

    private static string KindOf(ObjectType type, ValueFault fault) => fault.Code switch
    {
        "INVALID_EMAIL" => "INVALID_EMAIL",
        "INVALID_OPTION" => "INVALID_ENUMERATION_OPTION",
        "INVALID_DATE" => "COULD_NOT_PARSE_DATE",
        "INVALID_LONG" => type.TryGetProperty(fault.Property, out var property) && property.Type == "number" ? "COULD_NOT_PARSE_NUMBER" : "COULD_NOT_PARSE_DATE",
        "VALUE_TOO_LONG" => "COLUMN_TOO_LARGE",
        "PROPERTY_DOESNT_EXIST" => "PROPERTY_DEFINITION_NOT_FOUND",
        "VALIDATION_RULE_FAILED" => "INVALID_CUSTOM_PROPERTY_VALIDATION",
        _ => "FAILED_VALIDATION",
    };
}

/// <summary>How days are written in the files of an import.</summary>
internal sealed record DateFormat(string Name)
{
    /// <summary>Brings a day into the form that the API takes; what is no day stays as it is and is refused later.</summary>
    public string Read(PropertyDefinition property, string value)
    {
        if (property.Type is not ("date" or "datetime"))
        {
            return value;
        }

        string[] formats = Name switch
        {
            "DAY_MONTH_YEAR" => ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy"],
            "YEAR_MONTH_DAY" => ["yyyy/M/d", "yyyy.M.d", "yyyy-M-d"],
            _ => ["M/d/yyyy", "M.d.yyyy", "M-d-yyyy"],
        };
        return DateOnly.TryParseExact(value, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;
    }
}
