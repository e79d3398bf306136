using System.Text.RegularExpressions;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>What goes wrong on request.</summary>
internal enum FaultKind
{
    /// <summary>A plain error status; the work is not done.</summary>
    Status,

    /// <summary>The work is done and its answer lost: the connection is cut.</summary>
    CutAfterCommit,

    /// <summary>The work is done and half of the answer arrives.</summary>
    CutBody,

    /// <summary>The connection is cut before any work.</summary>
    Reset,

    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>A page of HTML from the edge.</summary>
    Html502,

    /// <summary>The right answer under another content type.</summary>
    WrongContentType,

    /// <summary>423: a bulk operation holds the record.</summary>
    Locked,

    /// <summary>477: the account moves to another data center.</summary>
    Migration,

    /// <summary>429 of the ten-second policy.</summary>
    Burst,

    /// <summary>429 of the day.</summary>
    Daily,

    /// <summary>429 of searches.</summary>
    Secondly,
}

/// <summary>One fault: which requests it meets and how often.</summary>
internal sealed class Fault
{
    public required int Id { get; init; }

    public required FaultKind Kind { get; init; }

    /// <summary>Gets which operations it meets; an asterisk stands for anything, no pattern for all.</summary>
    public Regex? Operation { get; init; }

    public int Status { get; init; }

    public TimeSpan Delay { get; init; }

    public int? RetryAfter { get; init; }

    public double Probability { get; init; } = 1;

    /// <summary>Gets or sets how often it still happens; <see langword="null"/> for always.</summary>
    public int? Remaining { get; set; }

    /// <summary>Gets or sets how many matching requests pass before it begins.</summary>
    public int Skip { get; set; }

    public required IdSource Chances { get; init; }
}

/// <summary>The faults that are armed.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _armed = [];
    private int _nextId = 1;

    public Fault Add(Func<int, Fault> make)
    {
        lock (_gate)
        {
            var fault = make(_nextId++);
            _armed.Add(fault);
            return fault;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _armed.Clear();
        }
    }

    public IReadOnlyList<Fault> Armed()
    {
        lock (_gate)
        {
            return [.. _armed];
        }
    }

    /// <summary>Decides whether a request meets a fault.</summary>
    public Fault? Draw(string operation)
    {
        lock (_gate)
        {
            foreach (var fault in _armed)
            {
                if (fault.Remaining is 0 || fault.Operation?.IsMatch(operation) == false)
                {
                    continue;
                }

                if (fault.Skip > 0)
                {
                    fault.Skip--;
                    continue;
                }

                if (fault.Probability >= 1 || fault.Chances.Chance() < fault.Probability)
                {
                    fault.Remaining--;
                    return fault;
                }
            }

            return null;
        }
    }
}
