using System.Net;
using System.Net.Http.Headers;

namespace Liaison.Connectors;

/// <summary>A request body that knows whether its request has begun to leave: until then nothing can have happened in the CRM.</summary>
/// <remarks>
/// Every request carries one, empty where there is no body: besides telling the moment, it keeps <see cref="SocketsHttpHandler"/>
/// from sending a request without a body again by itself, past the throttle and the call log.
/// </remarks>
internal sealed class TrackedBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> body;
    private readonly StreamedBody? streamed;
    private volatile bool started;

    public TrackedBody(ReadOnlyMemory<byte> body, StreamedBody? streamed, string contentType)
    {
        (this.body, this.streamed) = (body, streamed);
        if (!body.IsEmpty || streamed is not null)
        {
            Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }
    }

    public bool Started => started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        started = true;
        return streamed is not null ? streamed.WriteAsync(stream, cancellationToken)
            : body.IsEmpty ? Task.CompletedTask
            : stream.WriteAsync(body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = streamed?.Length ?? body.Length;
        return true;
    }
}
