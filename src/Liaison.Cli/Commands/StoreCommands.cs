using System.CommandLine;
using Liaison.Cli.Configuration;
using Liaison.Cli.Hosting;
using Liaison.Cli.Output;
using Liaison.Failures;
using Liaison.Storage.Copying;
using Liaison.Storage.Postgres;
using Liaison.Storage.Sqlite;
using Spectre.Console;

namespace Liaison.Cli.Commands;

/// <summary><c>liaison store</c>: the database itself.</summary>
internal static class StoreCommands
{
    private static readonly Option<string?> From = new("--from") { Description = "The SQLite file to copy; the default is the one in the state folder of liaison.yaml." };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "The reference to the connection string of an empty PostgreSQL database, env:NAME or file:PATH; the default is store.connectionString of liaison.yaml.",
    };

    public static Command Create() => Verb.Group("store", "Move the database.", Copy());

    // Both databases are opened here: an installation would open one of them, and write to it.
    private static Command Copy()
    {
        var command = new Command("copy", "Copy everything from a SQLite file into an empty PostgreSQL database; stop whatever uses either first.") { From, To };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var printer = GlobalOptions.PrinterOf(parsed);
            var settings = InstallationSettings.FromFile(parsed.GetValue(GlobalOptions.Config)!);
            var file = parsed.GetValue(From) is { } named ? Path.GetFullPath(named) : settings.DatabaseFile;
            if (!File.Exists(file))
            {
                return printer.Fail(new Failure(FailureKind.Invalid, $"There is no file {file}; --from names the SQLite file to copy."));
            }

            var target = new StoreOptions { Kind = StoreKind.Postgres, ConnectionString = parsed.GetValue(To) ?? settings.Options.Store.ConnectionString };
            if (target.Faults().FirstOrDefault() is not null)
            {
                return printer.Fail(new Failure(FailureKind.Invalid, "--to needs the reference to a connection string, never the string itself; expected env:NAME or file:PATH."));
            }

            await using var from = await SqliteDatabase.OpenAsync(file, TimeProvider.System, cancellationToken);
            await using var to = await PostgresDatabase.OpenAsync(
                StoreComposition.ConnectionStringOf(settings, target.ConnectionString, "--to"), TimeProvider.System, cancellationToken: cancellationToken);
            return Show(printer, file, to.Place, await CopyAsync(printer, new StoreCopy(from, to), cancellationToken));
        });
        return command;
    }

    private static Task<CopyReport> CopyAsync(Printer printer, StoreCopy copy, CancellationToken cancellationToken)
    {
        if (!printer.ForPeople)
        {
            return copy.RunAsync(progressed: null, cancellationToken);
        }

        return printer.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                return copy.RunAsync(
                    progress =>
                    {
                        if (!bars.TryGetValue(progress.Table, out var bar))
                        {
                            bars.Add(progress.Table, bar = context.AddTask(progress.Table));
                        }

                        bar.MaxValue = Math.Max(1, progress.Rows);
                        bar.Value = progress.Rows == 0 ? 1 : progress.Copied;
                    },
                    cancellationToken);
            });
    }

    private static int Show(Printer printer, string file, string place, CopyReport report)
    {
        var view = new StoreCopyView(
            file, place, [.. report.Tables.Select(table => new CopiedTableView(table.Table, table.Rows))], report.Audit.Entries, report.Audit.FirstBroken);
        printer.Show(view, CliJson.Default.StoreCopyView, console =>
        {
            console.Write(Printer.TableOf(
                ["table", "rows"], view.Tables.Select(table => new[] { table.Table, $"{table.Rows}" })));
            console.WriteLine(view.AuditFirstBroken is { } broken
                ? $"Every row has arrived, and the audit's chain is broken from entry {broken} on, as it was in {file}; liaison audit verify tells what was done to it."
                : $"Every row has arrived, and the audit's chain of {view.AuditEntries} entries is whole. Now set store.kind to postgres in liaison.yaml.");
        });
        return view.AuditFirstBroken is null ? ExitCode.Done : ExitCode.Failed;
    }
}
