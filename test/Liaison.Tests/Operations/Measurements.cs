using System.Diagnostics.Metrics;
using Liaison.Telemetry;

namespace Liaison.Tests.Operations;

/// <summary>Hears one engine's instruments and none of those beside it.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly List<(string Name, string Attributes, double Value)> heard = [];

    public Measurements(LiaisonTelemetry telemetry)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, telemetry.Meter))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        listener.Start();
    }

    /// <summary>Gives what an instrument has told, gauges as they stand now.</summary>
    public IReadOnlyList<(string Attributes, double Value)> Of(string name)
    {
        lock (heard)
        {
            heard.RemoveAll(one => one.Name == name && Instruments.All.Single(instrument => instrument.Name == name).Kind == "gauge");
        }

        listener.RecordObservableInstruments();
        lock (heard)
        {
            return [.. heard.Where(one => one.Name == name).Select(one => (one.Attributes, one.Value))];
        }
    }

    public void Dispose() => listener.Dispose();

    private void Hear(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var attributes = new List<string>();
        foreach (var (key, tag) in tags)
        {
            attributes.Add($"{key}={tag}");
        }

        lock (heard)
        {
            heard.Add((name, string.Join(' ', attributes), value));
        }
    }
}
