using Liaison.Emulators.HubSpot.Http;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Gives out files by an address that is its own permission, as the vendor's store does.</summary>
internal sealed class Files(Refusals refusals)
{
    /// <summary>The path under which files lie.</summary>
    public const string Path = "/files";

    public Reply Get(Call call) =>
        !call.Account.Downloads.TryGet(call["key"], out var download) ? refusals.NoRoute()
        : download.ExpiresAt <= call.Now ? refusals.Error(403, "The address of this file has expired; ask for it anew.", "EXPIRED")
        : new Reply(200) { File = download };
}
