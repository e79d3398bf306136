namespace Liaison.Emulators.HubSpot.Http;

/// <summary>The style of API that a path asked for; the data behind all is the same.</summary>
internal enum ApiVersion
{
    /// <summary>The numbered versions v1 to v3.</summary>
    V3,

    /// <summary>The numbered version of associations.</summary>
    V4,

    /// <summary>Dated 2026-03: answers as v3 and v4 do.</summary>
    March2026,

    /// <summary>Dated 2026-09: plain statuses for batches, validation of writes.</summary>
    September2026,
}

/// <summary>A path without its version, so that one table of routes serves every style (contract section 1).</summary>
/// <param name="Segments">The path in dated order, without the version: crm, objects, contacts, batch, read.</param>
internal readonly record struct VersionedPath(ApiVersion Version, string VersionText, string[] Segments)
{
    /// <summary>Reads a path of any style; <see langword="null"/> where it names no known version.</summary>
    public static VersionedPath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < parts.Length; at++)
        {
            parts[at] = Uri.UnescapeDataString(parts[at]);
        }

        // The consent page and files have no version.
        if (parts is ["oauth", "authorize"] or ["files", _])
        {
            return new VersionedPath(ApiVersion.September2026, "", parts);
        }

        // Dated and some numbered paths put the version after the area (crm/objects/2026-09), older ones before it (crm/v3/objects).
        for (var at = 1; at < Math.Min(parts.Length, 3); at++)
        {
            if (VersionOf(parts[at]) is { } version)
            {
                string[] rest = [.. parts[..at], .. parts[(at + 1)..]];
                return new VersionedPath(version, parts[at], Canonical(rest));
            }
        }

        return null;
    }

    private static ApiVersion? VersionOf(string part) => part switch
    {
        "2026-09" or "2026-09-beta" => ApiVersion.September2026,
        "2026-03" => ApiVersion.March2026,
        "v4" => ApiVersion.V4,
        "v1" or "v2" or "v3" => ApiVersion.V3,
        _ => null,
    };

    private static string[] Canonical(string[] parts) =>
        parts is ["crm-object-schemas", "schemas", .. var rest] ? ["crm", "schemas", .. rest]
        : parts is ["webhooks", "journal" or "journal-local" or "snapshots" or "subscriptions", ..] ? ["webhooks-journal", .. parts[1..]]
        : parts is ["app-webhooks", .. var app] ? ["webhooks", .. app]
        : parts;
}
