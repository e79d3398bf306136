using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.HubSpot.Model;

/// <summary>A file that whoever knows its address may fetch until it expires.</summary>
internal sealed record Download(string ContentType, ReadOnlyMemory<byte> Content, DateTimeOffset ExpiresAt)
{
    public string? FileName { get; init; }
}

/// <summary>The files that the account offers: pages of journals, results of exports.</summary>
internal sealed class Downloads
{
    private readonly Dictionary<string, Download> _byKey = [];

    public void Offer(string key, Download download) => _byKey[key] = download;

    public void Withdraw(string key) => _byKey.Remove(key);

    public bool TryGet(string key, [NotNullWhen(true)] out Download? download) => _byKey.TryGetValue(key, out download);
}
