using System.Globalization;

namespace Liaison.Bench;

/// <summary>A measured rate beside what it is compared with.</summary>
/// <param name="ProcessorTime">Processor time for one, in microseconds: on a busy machine it says more than the rate.</param>
/// <param name="Target">What the design asks for; <see langword="null"/> for a baseline or a figure without one.</param>
internal sealed record Figure(string Name, double PerSecond, double ProcessorTime, double? Target = null)
{
    /// <summary>Measures how many a second an action does.</summary>
    public static async Task<Figure> MeasureAsync(string name, int count, Func<Task> action, double? target = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        await action();
        var passed = TimeProvider.System.GetElapsedTime(began);
        return new Figure(name, count / passed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count, target);
    }

    public static void Print(string title, IReadOnlyList<Figure> figures)
    {
        Console.WriteLine();
        Console.WriteLine($"{title,-58}{"per second",14}{"target",12}{"cpu µs each",14}");
        foreach (var figure in figures)
        {
            var target = figure.Target?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {figure.Name,-56}{figure.PerSecond,14:N0}{target,12}{figure.ProcessorTime,14:N1}"));
        }
    }
}
