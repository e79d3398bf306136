using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Composite;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>The org's own routes, asked by a set or a job as its user.</summary>
/// <param name="shared">The log of the call that asks; <see langword="null"/> where each call stands for itself, as in jobs.</param>
internal sealed class SubRequests(Dispatcher dispatcher, UserSchema schema, EmulatorClock clock, string origin, UndoLog? shared) : ISubRequests
{
    private static readonly string[] Repeated = ["Location", "ETag", "Last-Modified"];
    private UndoLog? _open = shared;

    public SubReply Send(SubRequest request)
    {
        lock (schema.Org.Gate)
        {
            var log = _open ?? new UndoLog();
            var reply = Answer(request, log);
            if (_open is null)
            {
                log.Keep();
            }

            return new SubReply(reply.Status, reply.Headers.Where(header => Repeated.Contains(header.Key)).ToDictionary(), Read(reply));
        }
    }

    public bool Atomically(Func<bool> work)
    {
        lock (schema.Org.Gate)
        {
            if (_open is { } log)
            {
                var mark = log.Mark;
                return Ends(log, mark, work());
            }

            _open = new UndoLog();
            try
            {
                var holds = Ends(_open, 0, work());
                _open.Keep();
                return holds;
            }
            finally
            {
                _open = null;
            }
        }
    }

    private static bool Ends(UndoLog log, int mark, bool holds)
    {
        if (!holds)
        {
            log.RollBackTo(mark);
        }

        return holds;
    }

    private Reply Answer(SubRequest request, UndoLog log)
    {
        var body = request.Body is null ? default : JsonSerializer.SerializeToElement(request.Body, JsonNodeContext.Default.JsonNode);
        var headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase);
        return ApiRequest.Read(request.Method, request.Url, headers, body, origin) is { } inner ? dispatcher.Answer(inner, schema, clock.Now, log) : Reply.NotFound();
    }

    private static JsonNode? Read(Reply reply)
    {
        if (reply.Body is not { } write)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            write(json);
        }

        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
