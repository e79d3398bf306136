using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Liaison.EndToEnd.Tests.Telemetry;

/// <summary>A collector that keeps what it is sent: OTLP as protocol buffers over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    // The fields of a metric that hold a gauge, a sum and a histogram.
    private static readonly int[] Kinds = [5, 7, 9];

    private readonly WebApplication app;
    private readonly ConcurrentQueue<byte[]> metrics = new();
    private readonly ConcurrentQueue<byte[]> traces = new();
    private readonly ConcurrentQueue<string> proofs = new();

    private OtlpReceiver(WebApplication app)
    {
        this.app = app;
        app.MapPost("/v1/metrics", context => KeepAsync(context, metrics));
        app.MapPost("/v1/traces", context => KeepAsync(context, traces));
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>Gets what came with each delivery in the header <c>x-proof</c>.</summary>
    public IReadOnlyList<string> Proofs => [.. proofs];

    /// <summary>Gets everything that came, as the text that is in it.</summary>
    public string Raw => string.Join('\n', metrics.Concat(traces).Select(Encoding.UTF8.GetString));

    /// <summary>Gets every measurement of every delivery, in order.</summary>
    public IReadOnlyList<OtlpPoint> Points =>
    [
        .. metrics
            .SelectMany(delivery => Protobuf.Messages(delivery, 1, 2, 2))
            .SelectMany(metric => Kinds.SelectMany(kind => Protobuf.Messages(metric, kind, 1).Select(point => OtlpPoint.Of(metric, kind, point)))),
    ];

    public IReadOnlyList<OtlpSpan> Spans => [.. traces.SelectMany(delivery => Protobuf.Messages(delivery, 1, 2, 2)).Select(OtlpSpan.Of)];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> kept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        kept.Enqueue(body.ToArray());
        proofs.Enqueue(context.Request.Headers["x-proof"].ToString());
        context.Response.ContentType = "application/x-protobuf";
    }
}

/// <summary>One measurement.</summary>
/// <param name="Value">A counter's or gauge's number; a histogram's count.</param>
internal sealed record OtlpPoint(string Name, string Unit, string Kind, IReadOnlyDictionary<string, string> Attributes, double Value)
{
    public static OtlpPoint Of(byte[] metric, int kind, byte[] point) => new(
        Protobuf.Text(metric, 1),
        Protobuf.Text(metric, 3),
        kind switch { 5 => "gauge", 7 => "counter", _ => "histogram" },
        OtlpAttributes.Of(point, kind == 9 ? 9 : 7),
        kind == 9 ? Protobuf.Fixed(point, 4) ?? 0
            : Protobuf.Fixed(point, 6) is { } whole ? whole
            : BitConverter.Int64BitsToDouble(Protobuf.Fixed(point, 4) ?? 0));
}

/// <summary>One span.</summary>
internal sealed record OtlpSpan(string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Attributes)
{
    public static OtlpSpan Of(byte[] span) => new(
        Protobuf.Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), OtlpAttributes.Of(span, 9));

    private static string Hex(byte[] span, int field) => Convert.ToHexString(Protobuf.Messages(span, field).FirstOrDefault() ?? []);
}

/// <summary>Reads attributes: a key and a value of some type.</summary>
internal static class OtlpAttributes
{
    public static IReadOnlyDictionary<string, string> Of(byte[] message, int field) => Protobuf.Messages(message, field).ToDictionary(
        pair => Protobuf.Text(pair, 1),
        pair => Protobuf.Messages(pair, 2).Select(value => Protobuf.Text(value, 1) is { Length: > 0 } text ? text : $"{Protobuf.Number(value, 3)}").FirstOrDefault() ?? "");
}

/// <summary>As much of the wire format of protocol buffers as telemetry needs.</summary>
internal static class Protobuf
{
    /// <summary>Gives the messages, texts or bytes at the end of a path of field numbers.</summary>
    public static IEnumerable<byte[]> Messages(byte[] message, params int[] path) => path switch
    {
        [var last] => Fields(message).Where(field => field.Number == last && field.Bytes is not null).Select(field => field.Bytes!),
        [var first, .. var rest] => Messages(message, first).SelectMany(inner => Messages(inner, rest)),
        _ => [],
    };

    public static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault() ?? []);

    public static long? Fixed(byte[] message, int field) => Number(message, field);

    public static long? Number(byte[] message, int field) =>
        Fields(message).Where(candidate => candidate.Number == field && candidate.Bytes is null).Select(candidate => (long?)candidate.Value).FirstOrDefault();

    private static List<Field> Fields(byte[] message)
    {
        var fields = new List<Field>();
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add(new Field(number, (long)Varint(message, ref at), null));
                    break;
                case 1:
                    fields.Add(new Field(number, BitConverter.ToInt64(message, at), null));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(new Field(number, 0, message[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    fields.Add(new Field(number, BitConverter.ToInt32(message, at), null));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("No protocol buffer.");
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }
    }

    private sealed record Field(int Number, long Value, byte[]? Bytes);
}
