using Liaison.Cli.Output;

namespace Liaison.Cli.Commands;

/// <summary>Schedules as people read them.</summary>
internal static class ScheduleText
{
    /// <summary>Lists what is configured, beside what the store knows of each.</summary>
    public static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var installation = invocation.Installation;
        var kept = (await installation.ScheduleStates.ListAsync(cancellationToken)).ToDictionary(state => state.Name, StringComparer.Ordinal);
        var now = await installation.ScheduleStates.GetNowAsync(cancellationToken);
        List<ScheduleView> views =
        [
            .. installation.Settings.Options.Schedules.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
            {
                var (name, options) = (entry.Key, entry.Value);
                var schedule = options.ToSchedule(name);
                var state = kept.GetValueOrDefault(name);

                // Before a node has served it, or since it was changed, its next time is what the node will reckon.
                var due = state is not null && state.Definition == schedule.Definition ? state.DueAt : schedule.Next(now);
                return new ScheduleView(
                    name, options.Pipeline, options.Connection, options.Where, options.Cron, options.TimeZone, options.Misfire, due, state?.TakenAt, state?.RunId, state?.Note);
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
