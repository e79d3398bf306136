using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Liaison.Failures;
using Spectre.Console;

namespace Liaison.Cli.Output;

/// <summary>In which form a verb prints.</summary>
internal enum OutputForm
{
    /// <summary>Tables and progress for people.</summary>
    Table,

    /// <summary>One JSON document for machines.</summary>
    Json,
}

/// <summary>Prints results to standard output and failures to standard error, for people or for machines.</summary>
internal sealed class Printer(IAnsiConsole console, TextWriter output, TextWriter errors, OutputForm form)
{
    /// <summary>Gets the console for progress; meaningful only where <see cref="ForPeople"/> holds.</summary>
    public IAnsiConsole Console => console;

    /// <summary>Gets a value indicating whether a person reads along.</summary>
    public bool ForPeople => form == OutputForm.Table;

    /// <summary>Prints a view: its table for people, itself for machines.</summary>
    public int Show<T>(T view, JsonTypeInfo<T> json, Action<IAnsiConsole> table)
    {
        if (ForPeople)
        {
            table(console);
        }
        else
        {
            output.WriteLine(JsonSerializer.Serialize(view, json));
        }

        return ExitCode.Done;
    }

    /// <summary>Prints a failure as one sentence and gives its exit code.</summary>
    public int Fail(Failure failure) => Fail(failure, ExitCode.Of(failure.Kind));

    /// <summary>Prints a failure that no request met, as a configuration that cannot be used, and gives the exit code.</summary>
    public int Fail(Failure failure, int code)
    {
        if (ForPeople)
        {
            errors.WriteLine(failure.Message);
        }
        else
        {
            var view = new FailureView(failure.Kind, failure.Message, failure.Field, failure.DeniedBy, failure.CorrelationId, failure.MissingScopes);
            output.WriteLine(JsonSerializer.Serialize(view, CliJson.Default.FailureView));
        }

        return code;
    }

    /// <summary>Prints a sentence for people; machines get only documents.</summary>
    public void Say(string sentence)
    {
        if (ForPeople)
        {
            console.WriteLine(sentence);
        }
    }

    /// <summary>Makes a plain table; cells are text, never markup, since they may hold what a CRM holds.</summary>
    public static Table TableOf(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(TerminalText.Safe(cell))));
        }

        return table;
    }
}
