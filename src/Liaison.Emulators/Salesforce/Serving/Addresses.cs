using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>How long addresses may be, and what the ledger calls them.</summary>
internal static class Addresses
{
    /// <summary>The most bytes of an address, and of address and headers together (contract section 2).</summary>
    private const int Longest = 16_384;

    public static Reply? RefuseLength(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length;
        if (target > Longest)
        {
            return Reply.Refuse(414, "URI_TOO_LONG", "The length of the URI exceeds the 16,384 byte limit.");
        }

        var headers = request.Headers.Sum(header => header.Key.Length + header.Value.ToString().Length + 4);
        return target + headers > Longest ? Reply.Refuse(431, "REQUEST_HEADER_TOO_LARGE", "The combined length of the URI and headers exceeds the 16,384 byte limit.") : null;
    }

    /// <summary>Names an operation without version and ids: PATCH /sobjects/Contact/{id}.</summary>
    public static string Operation(Org org, ApiRequest request, Route? route, Dictionary<string, string> values)
    {
        if (route is null)
        {
            return $"{request.Method} /{string.Join('/', request.Path)}";
        }

        var type = values.TryGetValue("type", out var given) ? (org.TryGetType(given, out var known) ? known.Name : given) : "{type}";
        return $"{request.Method} /{route.Template.Replace("{type}", type, StringComparison.Ordinal)}";
    }
}
