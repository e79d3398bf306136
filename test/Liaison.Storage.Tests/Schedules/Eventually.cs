namespace Liaison.Storage.Tests.Schedules;

/// <summary>Bounded waits for what a library does on threads of its own.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(15);

    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Between);
        while (!await holds())
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Longest);
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
