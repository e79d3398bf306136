using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Exports;

/// <summary>An export that was asked for, and its file once it is done.</summary>
/// <param name="Kind">VIEW or LIST.</param>
internal sealed record CrmExport(long Id, string Kind, ObjectType Type, string Name, ExportColumns Columns, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? DoneAt { get; private set; }

    public int RecordCount { get; private set; }

    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>Gets or sets under which key the file lies among the downloads.</summary>
    public string? Key { get; set; }

    public void Finish(Account account, IReadOnlyList<CrmRecord> records, DateTimeOffset at) =>
        (Content, RecordCount, DoneAt) = (ExportFile.Write(account, Type, Columns, records), records.Count, at);
}

/// <summary>What the file of an export shows of each record.</summary>
/// <param name="InternalNames">Whether the header names properties as the API does.</param>
/// <param name="InternalValues">Whether options stand as the API gives them.</param>
/// <param name="MostLinked">How many linked records a cell names.</param>
internal sealed record ExportColumns(
    IReadOnlyList<PropertyDefinition> Properties, IReadOnlyList<ObjectType> Linked, bool InternalNames, bool InternalValues, bool LinkedNames, bool LinkLabels, int MostLinked);
