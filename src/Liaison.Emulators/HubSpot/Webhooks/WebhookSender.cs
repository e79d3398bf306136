using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Webhooks;

/// <summary>Brings events to the apps' own addresses: signed, a hundred at a time, out of order, some twice, again when not taken.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int MostInOne = 100;
    private const int MostInRound = 1_000;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private readonly Account _account;
    private readonly EmulatorClock _clock;
    private readonly IdSource _ids;
    private readonly double _duplicates;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public WebhookSender(Account account, EmulatorClock clock, HubSpotEmulatorOptions options)
    {
        (_account, _clock, _duplicates) = (account, clock, options.WebhookDuplicates);

        // Its own seed: what is sent must not depend on how many answers were shuffled before.
        _ids = new IdSource(options.Seed);
        _work = RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(cancellationToken);
                while (TakeDue() is { Count: > 0 } due)
                {
                    await SendAsync(due, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The emulator ends; what is pending ends with it.
        }
    }

    /// <summary>Waits until something happens or the next retry is due.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan? until;
        lock (_account.Gate)
        {
            until = _account.Events.NextDue - _clock.Now;
        }

        if (until is not { } wait)
        {
            await _account.Events.Awake.ReadAsync(cancellationToken);
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            _account.Events.Awake.ReadAsync(enough.Token).AsTask(),
            Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _clock.Time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private List<PendingEvent> TakeDue()
    {
        lock (_account.Gate)
        {
            return _account.Events.TakeDue(_clock.Now, MostInRound);
        }
    }

    private async Task SendAsync(List<PendingEvent> due, CancellationToken cancellationToken)
    {
        foreach (var app in due.GroupBy(pending => pending.App))
        {
            var events = app.ToList();
            List<PendingEvent> sent = [.. events, .. events.Where(_ => _ids.Chance() < _duplicates)];
            _ids.Shuffle(sent);
            var taken = new ConcurrentBag<PendingEvent>();
            await Parallel.ForEachAsync(
                sent.Chunk(MostInOne),
                new ParallelOptions { MaxDegreeOfParallelism = app.Key.MaxConcurrentRequests, CancellationToken = cancellationToken },
                async (batch, token) =>
                {
                    foreach (var pending in await TryAsync(app.Key, batch, token) ? batch : [])
                    {
                        taken.Add(pending);
                    }
                });
            Settle(events, [.. taken]);
        }
    }

    // An event of which one copy was taken is delivered, whatever became of the other.
    private void Settle(List<PendingEvent> events, HashSet<PendingEvent> taken)
    {
        lock (_account.Gate)
        {
            _account.Events.Settle(taken, taken: true, _clock.Now);
            _account.Events.Settle([.. events.Where(pending => !taken.Contains(pending))], taken: false, _clock.Now);
        }
    }

    private async Task<bool> TryAsync(AppWebhooks app, PendingEvent[] batch, CancellationToken cancellationToken)
    {
        if (app.Target is not { } target)
        {
            return true;
        }

        var body = EventJson.Of(_account, batch);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        Sign(request, app.Secret, target, body.Span);
        using var late = new CancellationTokenSource(LongestAnswer, _clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return false;
        }
    }

    // The receiver compares with its own clock, so an advanced one of the emulator does not count here.
    private void Sign(HttpRequestMessage request, string secret, Uri target, ReadOnlySpan<byte> body)
    {
        var at = _clock.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        byte[] source = [.. Encoding.UTF8.GetBytes("POST" + target.OriginalString), .. body, .. Encoding.UTF8.GetBytes(at)];
        byte[] old = [.. Encoding.UTF8.GetBytes(secret), .. body];
        request.Headers.Add("X-HubSpot-Signature-v3", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), source)));
        request.Headers.Add("X-HubSpot-Request-Timestamp", at);
        request.Headers.Add("X-HubSpot-Signature", Convert.ToHexStringLower(SHA256.HashData(old)));
        request.Headers.Add("X-HubSpot-Signature-Version", "v1");
    }
}
