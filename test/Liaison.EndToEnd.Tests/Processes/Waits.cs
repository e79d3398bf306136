namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>Bounded waits for what another process does.</summary>
internal static class Waits
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(15);

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Between);
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Longest)
            {
                throw new TimeoutException($"Waited {Longest} for {what}.");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
