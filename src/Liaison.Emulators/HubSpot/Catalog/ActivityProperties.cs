namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The native properties of notes, tasks, calls, e-mails and meetings (contract section 9).</summary>
internal static class ActivityProperties
{
    public const string Shared = """
        hs_timestamp|Activity date|datetime|date|engagement
        hs_createdate|Create date|datetime|date|engagement|ro
        hs_lastmodifieddate|Last modified date|datetime|date|engagement|ro
        hs_activity_type|Activity type|string|text|engagement|ro
        hs_attachment_ids|Attached file IDs|enumeration|checkbox|engagement|ext=
        hs_body_preview|Body preview|string|text|engagement|ro
        hs_body_preview_html|HTML body preview|string|html|engagement|ro
        hs_engagement_source|Engagement source|string|text|engagement|ro
        hs_engagement_source_id|Engagement source ID|string|text|engagement|ro
        """;

    public const string Notes = """
        hs_note_body|Note body|string|html|note
        """;

    public const string Tasks = """
        hs_task_subject|Task title|string|text|task
        hs_task_body|Notes|string|html|task
        hs_task_status|Task status|enumeration|select|task|options=NOT_STARTED:Not started,IN_PROGRESS:In progress,WAITING:Waiting,COMPLETED:Completed,DEFERRED:Deferred
        hs_task_priority|Priority|enumeration|select|task|options=NONE:None,LOW:Low,MEDIUM:Medium,HIGH:High
        hs_task_type|Task type|enumeration|select|task|options=TODO:To-do,CALL:Call,EMAIL:Email
        hs_task_reminders|Reminders|string|text|task
        hs_task_completion_date|Completed at|datetime|date|task|ro
        hs_task_is_overdue|Is overdue|bool|calculation_equation|task|ro|calc
        """;

    public const string Calls = """
        hs_call_title|Call title|string|text|call
        hs_call_body|Call notes|string|html|call
        hs_call_direction|Call direction|enumeration|select|call|options=INBOUND:Inbound,OUTBOUND:Outbound
        hs_call_disposition|Call outcome|enumeration|select|call|options=9d9162e7-6cf3-4944-bf63-4dff82258764:Busy,f240bbac-87c9-4f6e-bf70-924b57d47db7:Connected,b2cf5968-551e-4856-9783-52b3da59a7d0:Left voicemail,73a0d17f-1163-4015-bdd5-ec830791da20:No answer
        hs_call_duration|Call duration|number|number|call|hint=duration
        hs_call_status|Call status|enumeration|select|call|options=BUSY:Busy,CALLING_CRM_USER:Calling CRM user,CANCELED:Canceled,COMPLETED:Completed,CONNECTING:Connecting,FAILED:Failed,IN_PROGRESS:In progress,NO_ANSWER:No answer,QUEUED:Queued,RINGING:Ringing
        hs_call_from_number|From number|string|text|call
        hs_call_to_number|To number|string|text|call
        hs_call_recording_url|Recording URL|string|text|call
        """;

    public const string Emails = """
        hs_email_subject|Email subject|string|text|email
        hs_email_text|Text body|string|textarea|email
        hs_email_html|Email body|string|html|email
        hs_email_direction|Email direction|enumeration|select|email|options=EMAIL:Outgoing email,INCOMING_EMAIL:Incoming email,FORWARDED_EMAIL:Forwarded email
        hs_email_status|Email send status|enumeration|select|email|options=BOUNCED:Bounced,FAILED:Failed,SCHEDULED:Scheduled,SENDING:Sending,SENT:Sent
        hs_email_headers|Email headers|string|textarea|email
        hs_email_from_email|Email from address|string|text|email|ro
        hs_email_to_email|Email to address|string|text|email|ro
        hs_email_thread_id|Email thread ID|string|text|email|ro
        """;

    public const string Meetings = """
        hs_meeting_title|Meeting name|string|text|meeting
        hs_meeting_body|Meeting description|string|html|meeting
        hs_meeting_start_time|Meeting start time|datetime|date|meeting
        hs_meeting_end_time|Meeting end time|datetime|date|meeting
        hs_meeting_location|Meeting location|string|text|meeting
        hs_meeting_outcome|Meeting outcome|enumeration|select|meeting|options=SCHEDULED:Scheduled,COMPLETED:Completed,RESCHEDULED:Rescheduled,NO_SHOW:No show,CANCELED:Canceled
        hs_internal_meeting_notes|Internal meeting notes|string|html|meeting
        """;

    /// <summary>What every custom type has besides its own properties.</summary>
    public const string CustomMoments = """
        hs_createdate|Create date|datetime|date|custom_information|ro
        hs_lastmodifieddate|Last modified date|datetime|date|custom_information|ro
        """;

    public const string Subscriptions = """
        subscription_name|Subscription name|string|text|subscription_information
        subscription_number|Subscription number|string|text|subscription_information|uniq
        status|Status|enumeration|select|subscription_information|options=trial:Trial,active:Active,paused:Paused,cancelled:Cancelled
        monthly_value|Monthly value|number|number|subscription_information|money
        renewal_date|Renewal date|date|date|subscription_information
        hs_createdate|Create date|datetime|date|subscription_information|ro
        hs_lastmodifieddate|Last modified date|datetime|date|subscription_information|ro
        """;
}
