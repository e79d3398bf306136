using Liaison.Testing.Postgres;

namespace Liaison.Bench;

/// <summary>Starts a server as a careful operator runs one: what is committed is on the disk.</summary>
internal static class BenchServer
{
    public static Task<PrivatePostgres> StartAsync() => PrivatePostgres.StartAsync(
        CancellationToken.None, "fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=512MB", "max_wal_size=4GB");
}
