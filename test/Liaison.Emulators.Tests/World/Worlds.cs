using System.Security.Cryptography;
using System.Text.Json;
using Liaison.Emulators.World;

namespace Liaison.Emulators.Tests.World;

/// <summary>Worlds that several tests look at, and their fingerprint.</summary>
internal static class Worlds
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static CrmWorld Default { get; } = WorldGenerator.Generate(new WorldOptions { Now = Now });

    public static CrmWorld Grown { get; } =
        WorldGenerator.Generate(new WorldOptions { Now = Now, Seed = 7, Contacts = 10_000, NewLeads = 2_000 });

    public static string Fingerprint(CrmWorld world) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(world)));
}
