using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Liaison.House.Tests.Families;

/// <summary>Runs the switches over a closed family or enumeration with every case there is.</summary>
/// <param name="Sites">The methods whose switches are met, as the compiled assemblies name them.</param>
internal sealed record Exercise(IReadOnlyList<string> Sites, IReadOnlyList<object> Cases, Func<object, Task> RunAsync)
{
    public static Exercise Of<T>(IReadOnlyList<T> cases, Action<T> run, params IReadOnlyList<string> sites)
        where T : notnull => Of(cases, each =>
        {
            run(each);
            return Task.CompletedTask;
        }, sites);

    public static Exercise Of<T>(IReadOnlyList<T> cases, Func<T, Task> runAsync, params IReadOnlyList<string> sites)
        where T : notnull => new(sites, [.. cases.Cast<object>()], each => runAsync((T)each));

    /// <summary>Lists the cases for which a switch has no arm; a refusal is an answer.</summary>
    public async Task<IReadOnlyList<string>> UnreachableAsync()
    {
        var missed = new List<string>();
        foreach (var each in Cases)
        {
            try
            {
                await RunAsync(each);
            }
            catch (Exception thrown) when (thrown is UnreachableException or SwitchExpressionException)
            {
                missed.Add($"{each} has no arm {thrown.StackTrace?.Split('\n')[0].Trim()}");
            }
        }

        return missed;
    }
}
