using Liaison.Safety.Tests.Installed;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Undoing;

/// <summary>The process dies here.</summary>
internal sealed class ProcessDiedException : Exception;

/// <summary>Change sets whose process dies before it can store its n-th move, so that a CRM has taken what the store does not know of.</summary>
internal static class DyingStore
{
    public static IChangeSetStore Around(IChangeSetStore inner, int livesFor)
    {
        var left = livesFor;
        return new WatchedStore(inner, (_, _) => Interlocked.Decrement(ref left) < 0 ? throw new ProcessDiedException() : Task.CompletedTask);
    }
}
