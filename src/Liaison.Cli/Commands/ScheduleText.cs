using Liaison.Cli.Output;

namespace Liaison.Cli.Commands;

/// <summary>Schedules as people read them.</summary>
internal static class ScheduleText
{
    /// <summary>Lists what is configured, beside what the store knows of each.</summary>
    public static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var installation = invocation.Installation;
        var kept = (await installation.Schedules.ListAsync(cancellationToken)).ToDictionary(state => state.Schedule);
        List<ScheduleView> views =
        [
            .. installation.Settings.Options.Schedules.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
            {
                var (name, options) = (entry.Key, entry.Value);

                // Before a node has served it, or since it was changed, its next time is what the node will reckon.
                var state = kept.GetValueOrDefault(options.ToSchedule(name));
                var due = state is null ? options.Next(installation.Time.GetUtcNow()) : state.DueAt;
                return new ScheduleView(
                    name, options.Pipeline, options.Connection, options.Where, options.Cron, options.TimeZone, options.Misfire, due, state?.Last?.DueAt, state?.Last?.Outcome.RunId, state?.Last?.Outcome.Note);
            }),
        ];
        return invocation.Printer.Show<IReadOnlyList<ScheduleView>>(views, CliJson.Default.IReadOnlyListScheduleView, console => console.Write(Printer.TableOf(
            ["schedule", "pipeline", "connection", "times", "zone", "next", "last", "run", "note"],
            views.Select(view => new[]
            {
                view.Name, view.Pipeline, view.Connection, view.Cron, view.TimeZone,
                view.DueAt is { } due ? RunText.Moment(due) : "never",
                view.TakenAt is { } taken ? RunText.Moment(taken) : "",
                view.RunId ?? "", view.Note ?? "",
            }))));
    }
}
