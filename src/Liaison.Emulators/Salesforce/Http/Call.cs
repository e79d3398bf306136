using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Http;

/// <summary>One request on its way through a route, with the user whose token it carries.</summary>
internal sealed class Call(ApiRequest request, IReadOnlyDictionary<string, string> values, UserSchema schema, DateTimeOffset now, UndoLog undo)
{
    public ApiRequest Request => request;

    public Org Org => schema.Org;

    /// <summary>Gets the org as the caller sees it.</summary>
    public UserSchema Schema => schema;

    public OrgUser User => schema.User;

    public DateTimeOffset Now => now;

    /// <summary>Gets what was changed so far, shared by all parts of one composite request.</summary>
    public UndoLog Undo => undo;

    public JsonElement Body => request.Body;

    public string this[string name] => values[name];

    /// <summary>Gets the version as a number: 66.</summary>
    public int Version => int.Parse(request.Version.AsSpan(0, request.Version.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    public string? Query(string name) => request.Query.GetValueOrDefault(name);

    public string? Header(string name) => request.Headers.GetValueOrDefault(name);

    /// <summary>Reads an option of a header such as Sforce-Duplicate-Rule-Header: allowSave=true; includeRecordDetails=false.</summary>
    public string? HeaderOption(string header, string option) => Header(header)?.Split([';', ','], StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(part => part.Length == 2 && string.Equals(part[0], option, StringComparison.OrdinalIgnoreCase))?[1];

    /// <summary>Gives the address of a record, as attributes and Location have it.</summary>
    public string UrlOf(SObjectRow row) => $"{request.Root}/sobjects/{row.Type.Name}/{row.Id}";
}
