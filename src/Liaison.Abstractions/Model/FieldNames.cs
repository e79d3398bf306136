namespace Liaison.Model;

/// <summary>The canonical field names; a connector maps them to its own and every other field keeps its native name.</summary>
public static class FieldNames
{
    /// <summary>A person's given name.</summary>
    public const string FirstName = "first_name";

    /// <summary>A person's family name.</summary>
    public const string LastName = "last_name";

    /// <summary>The main e-mail address.</summary>
    public const string Email = "email";

    /// <summary>The main telephone number, as typed.</summary>
    public const string Phone = "phone";

    /// <summary>The mobile number, as typed.</summary>
    public const string MobilePhone = "mobile_phone";

    /// <summary>The job title.</summary>
    public const string JobTitle = "job_title";

    /// <summary>The preferred language.</summary>
    public const string Language = "language";

    /// <summary>The city.</summary>
    public const string City = "city";

    /// <summary>The state or region.</summary>
    public const string State = "state";

    /// <summary>The country, as typed.</summary>
    public const string Country = "country";

    /// <summary>The working state of a lead; "New" is one of these, not a lifecycle stage.</summary>
    public const string LeadStatus = "lead_status";

    /// <summary>The place in the customer lifecycle.</summary>
    public const string LifecycleStage = "lifecycle_stage";

    /// <summary>Where the record came from: attribution, never written by AI by default.</summary>
    public const string Source = "source";

    /// <summary>Whether the person refused e-mail.</summary>
    public const string OptedOut = "opted_out";

    /// <summary>How many pages of the web site were seen.</summary>
    public const string PageViews = "page_views";

    /// <summary>How many visits the web site had.</summary>
    public const string Visits = "visits";

    /// <summary>How many marketing e-mails were opened.</summary>
    public const string EmailsOpened = "emails_opened";

    /// <summary>When somebody last dealt with the record.</summary>
    public const string LastActivity = "last_activity";

    /// <summary>The owner.</summary>
    public const string Owner = "owner";

    /// <summary>When the record was made.</summary>
    public const string Created = "created";

    /// <summary>When the record last changed.</summary>
    public const string Updated = "updated";

    /// <summary>The name of a company or deal; the subject of an activity.</summary>
    public const string Name = "name";

    /// <summary>A company's web domain.</summary>
    public const string Domain = "domain";

    /// <summary>A company's industry.</summary>
    public const string Industry = "industry";

    /// <summary>A company's number of employees.</summary>
    public const string Employees = "employees";

    /// <summary>A company's revenue in a year.</summary>
    public const string AnnualRevenue = "annual_revenue";

    /// <summary>A longer text about the record; the body of an activity.</summary>
    public const string Description = "description";

    /// <summary>A deal's stage.</summary>
    public const string Stage = "stage";

    /// <summary>A deal's pipeline.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>A deal's sum.</summary>
    public const string Amount = "amount";

    /// <summary>The day on which a deal is to close.</summary>
    public const string CloseDate = "close_date";

    /// <summary>When a task is due.</summary>
    public const string DueAt = "due_at";

    /// <summary>When an activity happened, or is to happen.</summary>
    public const string OccurredAt = "occurred_at";

    /// <summary>When a meeting begins.</summary>
    public const string StartsAt = "starts_at";

    /// <summary>When a meeting ends.</summary>
    public const string EndsAt = "ends_at";

    /// <summary>How far a task is.</summary>
    public const string TaskStatus = "task_status";

    /// <summary>How urgent a task is.</summary>
    public const string TaskPriority = "task_priority";

    /// <summary>What a task asks for: a call, an e-mail, anything else.</summary>
    public const string TaskType = "task_type";

    /// <summary>How long a call took, in the CRM's unit.</summary>
    public const string Duration = "duration";

    /// <summary>From whom to whom a call or e-mail went: in or out.</summary>
    public const string Direction = "direction";

    /// <summary>What came of a call or meeting.</summary>
    public const string Outcome = "outcome";

    /// <summary>The score that AI gave, 0 to 100.</summary>
    public const string AiScore = "ai_score";

    /// <summary>Why that score.</summary>
    public const string AiRationale = "ai_rationale";

    /// <summary>The recommended way to approach the person.</summary>
    public const string AiPlaybook = "ai_playbook";

    /// <summary>When AI last wrote to the record.</summary>
    public const string AiUpdated = "ai_updated";

    /// <summary>Which workflow wrote: joins the record to the audit.</summary>
    public const string AiSource = "ai_source";

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        FirstName, LastName, Email, Phone, MobilePhone, JobTitle, Language, City, State, Country, LeadStatus, LifecycleStage, Source,
        OptedOut, PageViews, Visits, EmailsOpened, LastActivity, Owner, Created, Updated, Name, Domain, Industry, Employees, AnnualRevenue,
        Description, Stage, Pipeline, Amount, CloseDate, DueAt, OccurredAt, StartsAt, EndsAt, TaskStatus, TaskPriority, TaskType, Duration,
        Direction, Outcome, AiScore, AiRationale, AiPlaybook, AiUpdated, AiSource,
    ];
}
