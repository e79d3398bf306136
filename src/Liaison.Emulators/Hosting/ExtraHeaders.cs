using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Hosting;

/// <summary>Headers that answers have beside those of the contract, as a vendor's <c>Sunset</c> and <c>Deprecation</c>.</summary>
/// <remarks>
/// A body such as {"operation":"GET /crm/objects/*","headers":{"Sunset":"Tue, 01 Jun 2027 00:00:00 GMT"}} adds to the answers of the
/// operation, with an asterisk for anything and without an operation to all.
/// </remarks>
internal sealed class ExtraHeaders
{
    private readonly Lock _gate = new();
    private List<(Regex? Operation, string Name, string Value)> _sent = [];

    public void Add(JsonElement body)
    {
        var operation = Wildcard.Of(body.TextOf("operation"));
        var headers = body.MemberOf("headers");
        lock (_gate)
        {
            // A new list: answers read the old one without a lock.
            _sent = [.. _sent, .. headers.ValueKind == JsonValueKind.Object ? headers.EnumerateObject().Select(header => (operation, header.Name, header.Value.AsText() ?? "")) : []];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _sent = [];
        }
    }

    public void Write(string operation, IHeaderDictionary headers)
    {
        foreach (var (of, name, value) in _sent)
        {
            if (of?.IsMatch(operation) != false)
            {
                headers[name] = value;
            }
        }
    }
}
