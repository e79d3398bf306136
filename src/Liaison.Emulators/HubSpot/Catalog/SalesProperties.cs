namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The native properties of deals, tickets, leads and of the users who work on them.</summary>
internal static class SalesProperties
{
    public const string Deals = """
        dealname|Deal name|string|text|dealinformation|form
        dealstage|Deal stage|enumeration|radio|dealinformation|form
        pipeline|Pipeline|enumeration|select|dealinformation|form
        amount|Amount|number|number|dealinformation|form|money
        deal_currency_code|Currency|enumeration|select|dealinformation|options=EUR:Euro,USD:US dollar,GBP:British pound,CHF:Swiss franc,SEK:Swedish krona,PLN:Polish zloty,JPY:Japanese yen,CAD:Canadian dollar,AUD:Australian dollar,INR:Indian rupee,BRL:Brazilian real
        amount_in_home_currency|Amount in company currency|number|calculation_equation|dealinformation|ro|calc|money
        hs_deal_stage_probability|Deal probability|number|number|dealinformation|ro|calc|hint=probability
        closedate|Close date|datetime|date|dealinformation|form
        dealtype|Deal type|enumeration|radio|dealinformation|form|options=newbusiness:New business,existingbusiness:Existing business
        description|Deal description|string|textarea|dealinformation|form
        hs_priority|Priority|enumeration|select|dealinformation|options=low:Low,medium:Medium,high:High
        hs_next_step|Next step|string|text|dealinformation
        hs_forecast_amount|Forecast amount|number|number|dealinformation|ro|money
        hs_manual_forecast_category|Forecast category|enumeration|select|dealinformation|options=OMIT:Not forecasted,PIPELINE:Pipeline,BEST_CASE:Best case,COMMIT:Commit,CLOSED:Closed won
        closed_lost_reason|Closed lost reason|string|textarea|dealinformation
        closed_won_reason|Closed won reason|string|textarea|dealinformation
        hs_is_closed|Is deal closed|bool|calculation_equation|dealinformation|ro|calc
        hs_is_closed_won|Is closed won|bool|calculation_equation|dealinformation|ro|calc
        hs_acv|Annual contract value|number|number|dealinformation|money
        hs_arr|Annual recurring revenue|number|number|dealinformation|money
        hs_tcv|Total contract value|number|number|dealinformation|money
        hs_primary_associated_company|Primary associated company|number|number|dealinformation|ro|ext=COMPANY
        num_associated_contacts|Number of associated contacts|number|calculation_rollup|dealinformation|ro|calc
        num_notes|Number of sales activities|number|number|dealinformation|ro
        notes_last_updated|Last activity date|datetime|date|dealinformation|ro
        createdate|Create date|datetime|date|dealinformation|ro
        hs_lastmodifieddate|Last modified date|datetime|date|dealinformation|ro
        """;

    public const string Tickets = """
        subject|Ticket name|string|text|ticketinformation|form
        content|Ticket description|string|textarea|ticketinformation|form
        hs_pipeline|Pipeline|enumeration|select|ticketinformation|form
        hs_pipeline_stage|Ticket status|enumeration|select|ticketinformation|form
        hs_ticket_priority|Priority|enumeration|select|ticketinformation|form|options=LOW:Low,MEDIUM:Medium,HIGH:High,URGENT:Urgent
        hs_ticket_category|Category|enumeration|checkbox|ticketinformation|form|options=PRODUCT_ISSUE:Product issue,BILLING_ISSUE:Billing issue,FEATURE_REQUEST:Feature request,GENERAL_INQUIRY:General inquiry
        source_type|Source|enumeration|select|ticketinformation|options=CHAT:Chat,EMAIL:Email,FORM:Form,PHONE:Phone
        hs_resolution|Resolution|enumeration|checkbox|ticketinformation|options=ISSUE_FIXED:Issue fixed,WORKAROUND:Workaround,NOT_REPRODUCIBLE:Not reproducible
        hs_is_closed|Is closed|bool|calculation_equation|ticketinformation|ro|calc
        closed_date|Close date|datetime|date|ticketinformation
        createdate|Create date|datetime|date|ticketinformation|ro
        hs_lastmodifieddate|Last modified date|datetime|date|ticketinformation|ro
        """;

    public const string Leads = """
        hs_lead_name|Lead name|string|text|leadinformation|form
        hs_lead_type|Lead type|enumeration|select|leadinformation|options=NEW_BUSINESS:New business,RE_ATTEMPTING:Re-attempting,UPSELL:Upsell
        hs_lead_label|Lead label|enumeration|select|leadinformation|options=HOT:Hot,WARM:Warm,COLD:Cold
        hs_pipeline|Pipeline|enumeration|select|leadinformation|form
        hs_pipeline_stage|Lead stage|enumeration|select|leadinformation|form
        hs_createdate|Create date|datetime|date|leadinformation|ro
        hs_lastmodifieddate|Last modified date|datetime|date|leadinformation|ro
        """;

    public const string Users = """
        hs_email|Email|string|text|userinformation|ro
        hs_given_name|First name|string|text|userinformation|ro
        hs_family_name|Last name|string|text|userinformation|ro
        hs_internal_user_id|User ID|number|number|userinformation|ro
        hs_main_team|Main team|enumeration|select|userinformation|ro|ext=
        hs_deactivated|Deactivated|bool|booleancheckbox|userinformation|ro
        hs_job_title|Job title|string|text|userinformation
        hs_availability_status|Out of office|enumeration|select|userinformation|options=available:Available,away:Away
        hs_standard_time_zone|Time zone|string|text|userinformation
        hs_createdate|Create date|datetime|date|userinformation|ro
        hs_lastmodifieddate|Last modified date|datetime|date|userinformation|ro
        """;
}
