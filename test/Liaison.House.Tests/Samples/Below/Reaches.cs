using Liaison.House.Tests.Samples.Above;

namespace Liaison.House.Tests.Samples.Below;

/// <summary>Deliberately wrong: references upward, in each way that a compiled assembly can hold one.</summary>
internal abstract class ReachesInASignature
{
    public abstract void Enter(IReadOnlyList<Attic[]> attics);
}

internal static class ReachesInABody
{
    public static int Height() => Attic.Height;
}

internal static class ReachesWhereTheCompilerMovedIt
{
    public static async Task<int> HeightAsync()
    {
        await Task.Yield();
        return Enumerable.Range(0, 2).Select(_ => Attic.Height).Sum();
    }
}
