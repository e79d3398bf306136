using System.Globalization;

namespace Liaison.Bench;

/// <summary>A measured rate beside what it is compared with.</summary>
/// <param name="Target">What the design asks for; <see langword="null"/> for a baseline or a figure without one.</param>
internal sealed record Figure(string Name, double PerSecond, double? Target = null)
{
    /// <summary>Measures how many a second an action does.</summary>
    public static async Task<Figure> MeasureAsync(string name, int count, Func<Task> action, double? target = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        await action();
        return new Figure(name, count / TimeProvider.System.GetElapsedTime(began).TotalSeconds, target);
    }

    public static void Print(string title, IReadOnlyList<Figure> figures)
    {
        Console.WriteLine();
        Console.WriteLine($"{title,-58}{"per second",14}{"target",12}");
        foreach (var figure in figures)
        {
            var target = figure.Target?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name,-56}{figure.PerSecond,14:N0}{target,12}"));
        }
    }
}
